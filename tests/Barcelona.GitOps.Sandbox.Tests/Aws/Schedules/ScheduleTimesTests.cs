using System.Globalization;
using Barcelona.GitOps.Sandbox.Aws.Schedules;
using Barcelona.GitOps.Sandbox.Aws.Wire;

namespace Barcelona.GitOps.Sandbox.Tests.Aws.Schedules;

public sealed class ScheduleTimesTests
{
    /// <summary>A Wednesday.</summary>
    private static readonly DateTimeOffset Now = new(2026, 4, 1, 9, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("rate(5 minutes)", "UTC", "2026-04-01T09:05:00Z")]
    [InlineData("rate(1 day)", "UTC", "2026-04-02T09:00:00Z")]
    [InlineData("at(2026-04-01T18:00:01)", "Asia/Tokyo", "2026-04-01T09:00:01Z")]
    [InlineData("cron(0 18 * * ? *)", "Asia/Tokyo", "2026-04-02T09:00:00Z")]
    [InlineData("cron(0/15 * * * ? *)", "UTC", "2026-04-01T09:15:00Z")]
    [InlineData("cron(0 10 ? * 1 *)", "UTC", "2026-04-05T10:00:00Z")]
    [InlineData("cron(0 10 ? * 2-6 *)", "UTC", "2026-04-01T10:00:00Z")]
    [InlineData("cron(0 10 ? * SAT,SUN *)", "UTC", "2026-04-04T10:00:00Z")]
    [InlineData("cron(0 10 ? * 3#2 *)", "UTC", "2026-04-14T10:00:00Z")]
    [InlineData("cron(0 10 L * ? *)", "UTC", "2026-04-30T10:00:00Z")]
    [InlineData("cron(0 10 1 1 ? 2028)", "UTC", "2028-01-01T10:00:00Z")]
    public void A_schedule_fires_next_as_AWS_says(string expression, string zone, string next) =>
        Assert.Equal(DateTimeOffset.Parse(next, CultureInfo.InvariantCulture), ScheduleTimes.Parse(expression, zone).After(Now));

    [Theory]
    [InlineData("at(2026-04-01T09:00:00)")]
    [InlineData("cron(0 10 1 1 ? 2025)")]
    public void What_is_over_never_fires(string expression) => Assert.Null(ScheduleTimes.Parse(expression, "UTC").After(Now));

    [Theory]
    [InlineData("cron(0 10 * * *)", "UTC")]
    [InlineData("cron(0 10 * * * *)", "UTC")]
    [InlineData("every day", "UTC")]
    [InlineData("rate(1 hour)", "Asia/Nowhere")]
    public void What_is_no_schedule_is_refused(string expression, string zone) =>
        Assert.Throws<AwsErrorException>(() => ScheduleTimes.Parse(expression, zone));
}
