namespace Barcelona.GitOps.Storage.Deliveries;

public enum AppendResult
{
    Accepted,

    /// <summary>A delivery with this id had been accepted before.</summary>
    Duplicate,
}
