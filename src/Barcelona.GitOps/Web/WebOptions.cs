namespace Barcelona.GitOps.Web;

/// <summary>The web half's part of the settings <c>Web__…</c>.</summary>
public sealed class WebOptions
{
    public const string Section = "Web";

    /// <summary>False: only <c>/healthz</c> and <c>/readyz</c> answer; the process is a worker.</summary>
    public bool Enabled { get; set; } = true;
}
