using System.Linq;
using AwsClients.Generator.Models;

namespace AwsClients.Generator.Emitting;

/// <summary>Writes the configuration, the interface and the client.</summary>
internal static class ClientEmitter
{
    public static string Emit(ServiceModel model)
    {
        var code = CodeWriter.ForFile($"""
            using System.Net;
            using System.Threading;
            using System.Threading.Tasks;
            using Amazon.Runtime.Endpoints;
            using Amazon.Runtime.Internal;
            using Amazon.Runtime.Internal.Transform;
            using {model.Identity.Namespace}.Model;
            """);
        using (code.Open($"namespace {model.Identity.Namespace}"))
        {
            EmitConfig(code, model.Identity, model.Protocol);
            EmitInterface(code, model);
            EmitClient(code, model);
        }

        return code.ToString();
    }

    private static void EmitConfig(CodeWriter code, ServiceIdentity identity, ServiceProtocol protocol)
    {
        var config = identity.ClientPrefix + "Config";
        using (code.Open($"[AWSSignerType(\"v4\")]\npublic partial class {config} : ClientConfig"))
        {
            code.Lines($$"""
                static readonly string _userAgent = Amazon.Util.Internal.InternalSDKUtils.BuildUserAgentString("{{identity.ServiceId}}", "4.0.0.0");
                public {{config}}() : base(DefaultConfigurations.Provider())
                {
                    base.ServiceId = "{{identity.ServiceId}}";
                    this.AuthenticationServiceName = "{{protocol.SigningName}}";
                    this.EndpointProvider = new RegionalEndpointProvider("{{protocol.EndpointPrefix}}");
                }
                public static new string ServiceId => "{{identity.ServiceId}}";
                public override string RegionEndpointServiceName => "{{protocol.EndpointPrefix}}";
                public override string ServiceVersion => "{{protocol.ApiVersion}}";
                public override string UserAgent => _userAgent;
                public override Endpoint DetermineServiceOperationEndpoint(ServiceOperationEndpointParameters parameters) =>
                    EndpointProvider.ResolveEndpoint(RegionalEndpointResolver.Parameters(this, parameters.AlternateEndpoint));
                """);
        }
    }

    private static void EmitInterface(CodeWriter code, ServiceModel model)
    {
        var prefix = model.Identity.ClientPrefix;
        using (code.Open($"public partial interface I{prefix} : IAmazonService, IDisposable"))
        {
            if (PaginatorEmitter.HasPaginators(model))
            {
                code.Line($"{PaginatorEmitter.FactoryInterface(model.Identity)} Paginators {{ get; }}");
            }

            // AWSSDK.Extensions.NETCore.Setup makes clients through these two.
            code.Lines($"""
                static ClientConfig IAmazonService.CreateDefaultClientConfig() => new {prefix}Config();
                static IAmazonService IAmazonService.CreateDefaultServiceClient(AWSCredentials awsCredentials, ClientConfig clientConfig) =>
                    new {prefix}Client(awsCredentials, ({prefix}Config)clientConfig);
                Endpoint DetermineServiceOperationEndpoint(AmazonWebServiceRequest request);
                """);
            foreach (var operation in model.Operations)
            {
                if (operation.HasOverloadWithoutRequest)
                {
                    code.Line($"{SignatureWithoutRequest(operation)};");
                }

                code.Line($"{Signature(operation)};");
            }
        }
    }

    private static void EmitClient(CodeWriter code, ServiceModel model)
    {
        var prefix = model.Identity.ClientPrefix;
        using (code.Open($"public partial class {prefix}Client : AmazonServiceClient, I{prefix}"))
        {
            EmitConstructors(code, prefix + "Client", prefix + "Config");
            EmitPipeline(code, model.Identity);
            if (PaginatorEmitter.HasPaginators(model))
            {
                var factory = PaginatorEmitter.FactoryInterface(model.Identity);
                code.Line($"{factory} _paginators;");
                code.Line($"public {factory} Paginators => _paginators ??= new {PaginatorEmitter.FactoryClass(model.Identity)}(this);");
            }

            var protocol = ProtocolEmitter.For(model);
            foreach (var operation in model.Operations)
            {
                EmitOperation(code, operation, protocol, ErrorFactory(model, operation));
            }
        }
    }

    private static void EmitConstructors(CodeWriter code, string client, string config) => code.Lines($$"""
        public {{client}}() : base(new {{config}}()) { }
        public {{client}}(RegionEndpoint region) : base(new {{config}} { RegionEndpoint = region }) { }
        public {{client}}({{config}} config) : base(config) { }
        public {{client}}(AWSCredentials credentials) : this(credentials, new {{config}}()) { }
        public {{client}}(AWSCredentials credentials, RegionEndpoint region) : this(credentials, new {{config}} { RegionEndpoint = region }) { }
        public {{client}}(AWSCredentials credentials, {{config}} clientConfig) : base(credentials, clientConfig) { }
        public {{client}}(string awsAccessKeyId, string awsSecretAccessKey) : this(awsAccessKeyId, awsSecretAccessKey, new {{config}}()) { }
        public {{client}}(string awsAccessKeyId, string awsSecretAccessKey, RegionEndpoint region)
            : this(awsAccessKeyId, awsSecretAccessKey, new {{config}} { RegionEndpoint = region }) { }
        public {{client}}(string awsAccessKeyId, string awsSecretAccessKey, {{config}} clientConfig)
            : base(awsAccessKeyId, awsSecretAccessKey, clientConfig) { }
        public {{client}}(string awsAccessKeyId, string awsSecretAccessKey, string awsSessionToken)
            : this(awsAccessKeyId, awsSecretAccessKey, awsSessionToken, new {{config}}()) { }
        public {{client}}(string awsAccessKeyId, string awsSecretAccessKey, string awsSessionToken, RegionEndpoint region)
            : this(awsAccessKeyId, awsSecretAccessKey, awsSessionToken, new {{config}} { RegionEndpoint = region }) { }
        public {{client}}(string awsAccessKeyId, string awsSecretAccessKey, string awsSessionToken, {{config}} clientConfig)
            : base(awsAccessKeyId, awsSecretAccessKey, awsSessionToken, clientConfig) { }
        """);

    private static void EmitPipeline(CodeWriter code, ServiceIdentity identity) => code.Lines($$"""
        static readonly IServiceMetadata _metadata = new ServiceMetadata("{{identity.ServiceId}}");
        protected override IServiceMetadata ServiceMetadata => _metadata;
        protected override void CustomizeRuntimePipeline(RuntimePipeline pipeline)
        {
            pipeline.RemoveHandler<EndpointResolver>();
            pipeline.AddHandlerAfter<Marshaller>(new RegionalEndpointResolver());
            pipeline.AddHandlerAfter<Marshaller>(new SigV4AuthResolver());
        }
        public Endpoint DetermineServiceOperationEndpoint(AmazonWebServiceRequest request) =>
            Config.DetermineServiceOperationEndpoint(new ServiceOperationEndpointParameters(request));
        static InvokeOptions Options(IMarshaller<IRequest, AmazonWebServiceRequest> request, ResponseUnmarshaller response) =>
            new() { RequestMarshaller = request, ResponseUnmarshaller = response };
        static AmazonServiceException UnmodeledError(ErrorResponse e) =>
            new {{ErrorEmitter.BaseName(identity)}}(e.Message, e.InnerException, e.Type, e.Code, e.RequestId, e.StatusCode);
        """);

    private static void EmitOperation(CodeWriter code, Operation operation, ProtocolEmitter protocol, string errorFactory)
    {
        var (name, method) = (operation.Name, operation.MethodName);
        code.Lines($"""
            static readonly {protocol.RequestMarshallerType} _{name}Request = {protocol.RequestMarshaller(operation)};
            static readonly {protocol.ResponseUnmarshallerType} _{name}Response = {protocol.ResponseUnmarshaller(operation, errorFactory)};
            """);
        if (operation.HasOverloadWithoutRequest)
        {
            code.Line($"public virtual {SignatureWithoutRequest(operation)} => {method}(new {operation.RequestName}(), cancellationToken);");
        }

        code.Lines($"""
            public virtual {Signature(operation)} =>
                InvokeAsync<{operation.ResponseName}>(request, Options(_{name}Request, _{name}Response), cancellationToken);
            """);
    }

    private static string ErrorFactory(ServiceModel model, Operation operation)
    {
        if (operation.Errors.Count == 0)
        {
            return "UnmodeledError";
        }

        var arms = operation.Errors
            .Select(name => model.Errors.First(error => error.Name == name))
            .Select(error => $"\"{error.Code}\" => new {error.Name}(e.Message, e.InnerException, e.Type, e.Code, e.RequestId, e.StatusCode), ");
        return $"static e => e.Code switch {{ {string.Concat(arms)}_ => UnmodeledError(e) }}";
    }

    private static string Signature(Operation operation) =>
        $"Task<{operation.ResponseName}> {operation.MethodName}({operation.RequestName} request, CancellationToken cancellationToken = default)";

    private static string SignatureWithoutRequest(Operation operation) =>
        $"Task<{operation.ResponseName}> {operation.MethodName}(CancellationToken cancellationToken = default)";
}
