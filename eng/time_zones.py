#!/usr/bin/env python3
"""Writes the names of IANA's time zones, as the tz database of this machine or of the package tzdata has them.

Usage: eng/time_zones.py > src/Barcelona.GitOps.Core/Manifest/Schedules/time-zones.txt
"""
import zoneinfo

# Not zones of a place or an offset: how a machine is set, and that nobody has set it.
OTHERS = {"Factory", "localtime", "posixrules"}

print("# Made by eng/time_zones.py from the tz database: do not edit.")
for name in sorted(zoneinfo.available_timezones() - OTHERS):
    print(name)
