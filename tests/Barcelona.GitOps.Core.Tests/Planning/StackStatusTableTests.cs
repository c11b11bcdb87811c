using Barcelona.GitOps.Core.Planning;

namespace Barcelona.GitOps.Core.Tests.Planning;

public sealed class StackStatusTableTests
{
    public static TheoryData<StackStatus> All => [.. Enum.GetValues<StackStatus>()];

    [Theory]
    [MemberData(nameof(All))]
    public void Every_status_has_a_move_and_a_sentence_that_says_what_it_means(StackStatus status) =>
        Assert.EndsWith(".", StackStatusTable.MoveFor(status).What, StringComparison.Ordinal);

    [Theory]
    [MemberData(nameof(All))]
    public void Whatever_is_in_progress_is_waited_for_and_nothing_else(StackStatus status) =>
        Assert.Equal(
            status.ToString().EndsWith("InProgress", StringComparison.Ordinal) && status != StackStatus.ReviewInProgress,
            StackStatusTable.MoveFor(status).Move == StackMove.Wait);

    [Theory]
    [InlineData(StackStatus.CreateComplete, StackMove.Update)]
    [InlineData(StackStatus.UpdateRollbackComplete, StackMove.Update)]
    [InlineData(StackStatus.RollbackComplete, StackMove.DeleteAndCreate)]
    [InlineData(StackStatus.ReviewInProgress, StackMove.DeleteAndCreate)]
    [InlineData(StackStatus.DeleteComplete, StackMove.Create)]
    [InlineData(StackStatus.UpdateRollbackFailed, StackMove.ContinueRollback)]
    [InlineData(StackStatus.Unknown, StackMove.AskPerson)]
    public void A_status_leads_to_its_move(StackStatus status, StackMove move) => Assert.Equal(move, StackStatusTable.MoveFor(status).Move);

    [Theory]
    [MemberData(nameof(All))]
    public void At_rest_a_stack_is_what_its_parameters_say_unless_somebody_kept_what_had_failed(StackStatus status) => Assert.Equal(
        StackStatusTable.MoveFor(status).Move == StackMove.Update && status != StackStatus.UpdateFailed, StackStatusTable.IsDone(status));
}
