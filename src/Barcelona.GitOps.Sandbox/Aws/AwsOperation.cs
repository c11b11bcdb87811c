using System.Text.Json.Nodes;

namespace Barcelona.GitOps.Sandbox.Aws;

/// <summary>One operation of one service; an error answer is an <see cref="Wire.AwsErrorException"/>.</summary>
internal delegate JsonObject AwsOperation(AwsRegion region, JsonObject parameters);
