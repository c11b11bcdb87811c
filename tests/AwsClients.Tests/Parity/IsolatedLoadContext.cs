using System.Reflection;
using System.Runtime.Loader;
using Amazon.Runtime;

namespace AwsClients.Tests.Parity;

/// <summary>Lets two assemblies of one name live side by side, on the one AWSSDK.Core of the tests.</summary>
internal sealed class IsolatedLoadContext(string name) : AssemblyLoadContext(name)
{
    protected override Assembly? Load(AssemblyName assemblyName) =>
        assemblyName.Name == "AWSSDK.Core" ? typeof(ClientConfig).Assembly : null;
}
