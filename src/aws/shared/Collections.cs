using System.Diagnostics.CodeAnalysis;
using Amazon;

namespace AwsClients.Wire;

/// <summary>
/// When a list or map counts as given. By default collections are null until set, so an empty one was set on purpose and is sent;
/// with <see cref="AWSConfigs.InitializeCollections"/> (the habit of version 3) they are never null, and only filled ones are sent.
/// </summary>
internal static class Collections
{
    public static bool IsSet<T>([NotNullWhen(true)] List<T>? list) =>
        list is not null && (list.Count > 0 || !AWSConfigs.InitializeCollections);

    public static bool IsSet<T>([NotNullWhen(true)] Dictionary<string, T>? map) =>
        map is not null && (map.Count > 0 || !AWSConfigs.InitializeCollections);
}
