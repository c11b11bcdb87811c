using Barcelona.GitOps.Core.Manifest.Schedules;

namespace Barcelona.GitOps.Core.Tests.Manifest.Schedules;

public sealed class ScheduleExpressionTests
{
    /// <summary>Those of AWS's documentation, and forms that are in use.</summary>
    [Theory]
    [InlineData("cron(0 10 * * ? *)")]
    [InlineData("cron(15 12 * * ? *)")]
    [InlineData("cron(0 18 ? * MON-FRI *)")]
    [InlineData("cron(0 8 1 * ? *)")]
    [InlineData("cron(0/5 8-17 ? * MON-FRI *)")]
    [InlineData("cron(15 10 ? * 6L 2022-2023)")]
    [InlineData("cron(0 9 3W * ? *)")]
    [InlineData("cron(0 9 L-3 * ? *)")]
    [InlineData("cron(0 9 ? * 3#2 *)")]
    [InlineData("cron(0-15/1 8-8 ? * 2,3,4,5,6,7 *)")]
    [InlineData("cron(0 0 1 jan,Jul ? 2199)")]
    [InlineData("cron(*/10 * * * ? *)")]
    [InlineData("rate(1 minute)")]
    [InlineData("rate(12 hours)")]
    [InlineData("at(2028-02-29T23:59:59)")]
    public void What_AWS_takes_is_right(string text) => Assert.Null(ScheduleExpression.Mistake(text));

    [Theory]
    [InlineData("cron(0 10 * * *)")]
    [InlineData("cron(0 10 * * * *)")]
    [InlineData("cron(0 10 ? * ? *)")]
    [InlineData("cron(60 10 * * ? *)")]
    [InlineData("cron(0 10 0 * ? *)")]
    [InlineData("cron(0 10 * 13 ? *)")]
    [InlineData("cron(0 10 ? * 8 *)")]
    [InlineData("cron(0 10 ? * MON#1,FRI#1 *)")]
    [InlineData("cron(0 10 * * ? 1969)")]
    [InlineData("cron(0/0 10 * * ? *)")]
    [InlineData("cron(, 10 * * ? *)")]
    [InlineData("cron(-5 10 * * ? *)")]
    [InlineData("cron(0 10 * * ? *) ")]
    [InlineData("cron(0 10 * * ? *)\n")]
    [InlineData("rate(0 minutes)")]
    [InlineData("rate(1 hours)")]
    [InlineData("rate(5  minutes)")]
    [InlineData("at(2026-02-30T09:00:00)")]
    [InlineData("at(2026-02-03T09:00:00Z)")]
    [InlineData("every day")]
    public void What_AWS_refuses_is_a_mistake(string text) => Assert.NotNull(ScheduleExpression.Mistake(text));
}
