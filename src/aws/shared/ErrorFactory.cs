using Amazon.Runtime;
using Amazon.Runtime.Internal;

namespace AwsClients.Wire;

/// <summary>Makes the operation's typed exception for an error response, or the service's base exception when the code is not modeled.</summary>
internal delegate AmazonServiceException ErrorFactory(ErrorResponse error);
