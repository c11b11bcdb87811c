#!/usr/bin/env python3
"""Cuts GitHub's published OpenAPI description down to the operations that this project speaks.

    npm pack @octokit/openapi && tar xzf octokit-openapi-*.tgz
    eng/trim_openapi.py package/generated/api.github.com.json tests/openapi/github.json

The description is MIT-licensed (github/rest-api-description). Examples are dropped: they are most of its size.
"""
import json
import sys

OPERATIONS = """
GET /app
GET /app/installations
GET /app/installations/{installation_id}
POST /app/installations/{installation_id}/access_tokens
GET /app/hook/deliveries
GET /app/hook/deliveries/{delivery_id}
POST /app/hook/deliveries/{delivery_id}/attempts
GET /installation/repositories
DELETE /installation/token
GET /orgs/{org}/installation
GET /orgs/{org}/teams/{team_slug}/memberships/{username}
GET /users/{username}/installation
GET /repos/{owner}/{repo}
GET /repos/{owner}/{repo}/installation
GET /repos/{owner}/{repo}/branches
GET /repos/{owner}/{repo}/branches/{branch}
GET /repos/{owner}/{repo}/tags
GET /repos/{owner}/{repo}/collaborators/{username}/permission
GET /repos/{owner}/{repo}/commits
GET /repos/{owner}/{repo}/commits/{ref}
GET /repos/{owner}/{repo}/commits/{ref}/check-runs
GET /repos/{owner}/{repo}/commits/{ref}/check-suites
GET /repos/{owner}/{repo}/commits/{ref}/status
GET /repos/{owner}/{repo}/commits/{ref}/statuses
GET /repos/{owner}/{repo}/commits/{commit_sha}/pulls
POST /repos/{owner}/{repo}/statuses/{sha}
GET /repos/{owner}/{repo}/compare/{basehead}
GET /repos/{owner}/{repo}/contents/{path}
GET /repos/{owner}/{repo}/git/ref/{ref}
GET /repos/{owner}/{repo}/git/matching-refs/{ref}
GET /repos/{owner}/{repo}/git/tags/{tag_sha}
GET /repos/{owner}/{repo}/pulls
GET /repos/{owner}/{repo}/pulls/{pull_number}
GET /repos/{owner}/{repo}/pulls/{pull_number}/files
POST /repos/{owner}/{repo}/check-runs
GET /repos/{owner}/{repo}/check-runs/{check_run_id}
PATCH /repos/{owner}/{repo}/check-runs/{check_run_id}
GET /repos/{owner}/{repo}/check-runs/{check_run_id}/annotations
GET /repos/{owner}/{repo}/check-suites/{check_suite_id}
GET /repos/{owner}/{repo}/check-suites/{check_suite_id}/check-runs
GET /repos/{owner}/{repo}/deployments
POST /repos/{owner}/{repo}/deployments
GET /repos/{owner}/{repo}/deployments/{deployment_id}
DELETE /repos/{owner}/{repo}/deployments/{deployment_id}
GET /repos/{owner}/{repo}/deployments/{deployment_id}/statuses
POST /repos/{owner}/{repo}/deployments/{deployment_id}/statuses
GET /repos/{owner}/{repo}/deployments/{deployment_id}/statuses/{status_id}
GET /repos/{owner}/{repo}/issues/{issue_number}
GET /repos/{owner}/{repo}/issues/{issue_number}/comments
POST /repos/{owner}/{repo}/issues/{issue_number}/comments
GET /repos/{owner}/{repo}/issues/comments/{comment_id}
PATCH /repos/{owner}/{repo}/issues/comments/{comment_id}
GET /repos/{owner}/{repo}/issues/comments/{comment_id}/reactions
POST /repos/{owner}/{repo}/issues/comments/{comment_id}/reactions
GET /rate_limit
""".split("\n")


def without_examples(node, inside_properties=False):
    """A property may itself be called `example`; an `example` beside a schema is one, and goes."""
    if isinstance(node, list):
        return [without_examples(item) for item in node]
    if not isinstance(node, dict):
        return node
    return {
        key: without_examples(value, key == "properties" and not inside_properties)
        for key, value in node.items()
        if inside_properties or key not in ("example", "examples", "x-github")
    }


def references(node):
    if isinstance(node, dict):
        for key, value in node.items():
            if key == "$ref" and isinstance(value, str):
                yield value
            else:
                yield from references(value)
    elif isinstance(node, list):
        for item in node:
            yield from references(item)


def correct(source):
    """In the list of installations an account is said to be a user *and* an enterprise; a single one is either."""
    answer = source["paths"]["/app/installations"]["get"]["responses"]["200"]
    answer["content"]["application/json"]["schema"]["items"] = {"$ref": "#/components/schemas/installation"}


def trim(source):
    correct(source)
    paths = {}
    for line in filter(None, OPERATIONS):
        method, path = line.split()
        item = paths.setdefault(path, {})
        item[method.lower()] = source["paths"][path][method.lower()]
        if "parameters" in source["paths"][path]:
            item["parameters"] = source["paths"][path]["parameters"]
    paths = without_examples(paths)

    components, pending = {}, list(references(paths))
    while pending:
        _, _, section, name = pending.pop().split("/", 3)
        name = name.replace("~1", "/").replace("~0", "~")
        if name in components.setdefault(section, {}):
            continue
        component = without_examples(source["components"][section][name])
        components[section][name] = component
        pending.extend(references(component))
    return {"openapi": source["openapi"], "info": source["info"], "servers": source.get("servers"), "paths": paths,
            "components": {section: dict(sorted(entries.items())) for section, entries in sorted(components.items())}}


def main():
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    with open(sys.argv[1], encoding="utf-8") as file:
        source = json.load(file)
    with open(sys.argv[2], "w", encoding="utf-8") as file:
        json.dump(trim(source), file, separators=(",", ":"))
        file.write("\n")


if __name__ == "__main__":
    main()
