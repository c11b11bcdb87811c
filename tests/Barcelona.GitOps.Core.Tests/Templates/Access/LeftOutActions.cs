namespace Barcelona.GitOps.Core.Tests.Templates.Access;

/// <summary>What handlers may call, by their schemas, and the role may not, and why.</summary>
internal static class LeftOutActions
{
    private static readonly (string Why, string Actions)[] Table =
    [
        ("Everything that begins so is not given: what groups are looked at by is given by name.",
            "autoscaling:Describe* ec2:Describe* ec2:Get* elasticloadbalancing:Describe* ssm:Get*"),
        ("Our roles are made with a boundary, and nothing may take it off.", "iam:DeleteRolePermissionsBoundary"),
        ("Teams' policies are attached by the account's owner, and our templates attach to roles only.",
            "iam:AttachGroupPolicy iam:AttachUserPolicy iam:DetachGroupPolicy iam:DetachUserPolicy"),
        ("For properties of groups that no template of ours has: load balancers, alarms, notifications, metrics, refreshes, fleets.",
            """
            autoscaling:AttachLoadBalancerTargetGroups autoscaling:AttachLoadBalancers autoscaling:AttachTrafficSources autoscaling:CancelInstanceRefresh
            autoscaling:DeleteNotificationConfiguration autoscaling:DetachLoadBalancerTargetGroups autoscaling:DetachLoadBalancers
            autoscaling:DetachTrafficSources autoscaling:DisableMetricsCollection autoscaling:EnableMetricsCollection
            autoscaling:PutNotificationConfiguration autoscaling:StartInstanceRefresh
            managed-fleets:CreateAutoScalingGroup managed-fleets:DeleteAutoScalingGroup managed-fleets:DeregisterAutoScalingGroup managed-fleets:Get*
            managed-fleets:RegisterAutoScalingGroup managed-fleets:UpdateAutoScalingGroup
            vpc-lattice:DeregisterTargets vpc-lattice:GetTargetGroup vpc-lattice:ListTargets vpc-lattice:RegisterTargets
            """),
        ("For properties of the NAT instance that no template of ours has: volumes, a role, placement, monitoring, documents.",
            """
            ec2:AssociateIamInstanceProfile ec2:AttachVolume ec2:DetachVolume ec2:DisassociateIamInstanceProfile ec2:ModifyInstanceCreditSpecification
            ec2:ModifyInstanceMaintenanceOptions ec2:ModifyInstancePlacement ec2:ModifyPrivateDnsNameOptions ec2:MonitorInstances
            ec2:ReplaceIamInstanceProfileAssociation ec2:UnmonitorInstances ssm:CreateAssociation ssm:DeleteAssociation
            """),
        ("Elastic Inference is no more.", "elastic-inference:DescribeAccelerators"),
        ("For properties of networks that no template of ours has: transferred addresses, more addresses of a gateway, IPAM, tenancy, encryption.",
            """
            ec2:AcceptAddressTransfer ec2:AllocateIpamPoolCidr ec2:AssignPrivateNatGatewayAddress ec2:AssociateNatGatewayAddress
            ec2:CreateVpcEncryptionControl ec2:DisassociateNatGatewayAddress ec2:ModifyVpcTenancy ec2:UnassignPrivateNatGatewayAddress
            """),
        ("Services are scaled by what is measured, never by the clock, and nothing else than services is.",
            """
            application-autoscaling:DeleteScheduledAction application-autoscaling:PutScheduledAction
            lambda:DeleteProvisionedConcurrencyConfig lambda:GetProvisionedConcurrencyConfig lambda:PutProvisionedConcurrencyConfig
            """),
        ("Settings of the whole account are its owner's.", "ecs:PutAccountSetting ecs:PutAccountSettingDefault"),
        ("Nothing of ours has a key of its own.", "kms:DescribeKey logs:AssociateKmsKey logs:DisassociateKmsKey"),
        ("ECS itself registers targets, and no listener asks people to sign in.",
            "cognito-idp:DescribeUserPoolClient elasticloadbalancing:DeregisterTargets elasticloadbalancing:RegisterTargets"),
        ("Certificates are public ones, and keep what they were made with.",
            "acm-pca:GetCertificate acm-pca:IssueCertificate acm:UpdateCertificateOptions"),
        ("Log groups have no policies and go nowhere else.",
            """
            firehose:TagDeliveryStream logs:CreateLogDelivery logs:DeleteDataProtectionPolicy logs:DescribeResourcePolicies
            logs:PutDataProtectionPolicy logs:PutResourcePolicy s3:REST.PUT.OBJECT
            """),
        ("Queries of private zones are not logged.", "route53:CreateQueryLoggingConfig route53:DeleteQueryLoggingConfig"),
        ("For properties of buckets that no template of ours has, and names that IAM does not know.",
            """
            s3:CreateBucketMetadataTableConfiguration s3:DeleteBucketAnalyticsConfiguration s3:DeleteBucketCors s3:DeleteBucketEncryption
            s3:DeleteBucketLifecycle s3:DeleteBucketMetadataTableConfiguration s3:DeleteBucketMetricsConfiguration s3:DeleteBucketReplication
            s3:DeleteBucketWebsite s3:DeleteObject s3:PutAccelerateConfiguration s3:PutAnalyticsConfiguration s3:PutBucketAcl s3:PutBucketCORS
            s3:PutBucketLogging s3:PutBucketNotification s3:PutBucketObjectLockConfiguration s3:PutBucketReplication s3:PutBucketWebsite
            s3:PutIntelligentTieringConfiguration s3:PutInventoryConfiguration s3:PutMetricsConfiguration s3:PutObjectAcl
            s3:PutObjectLockConfiguration s3:PutReplicationConfiguration s3:UpdateBucketMetadataInventoryTableConfiguration
            s3:UpdateBucketMetadataJournalTableConfiguration s3tables:CreateNamespace s3tables:CreateTable s3tables:CreateTableBucket
            s3tables:GetTable s3tables:GetTableMetadataLocation s3tables:PutTableEncryption s3tables:PutTablePolicy
            s3tables:UpdateTableMetadataLocation
            """),
        ("Who is told by a topic is not for a template.", "sns:PutDataProtectionPolicy sns:Subscribe sns:Unsubscribe"),
    ];

    public static IReadOnlySet<string> All { get; } =
        Table.SelectMany(row => row.Actions.Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries)).ToHashSet(StringComparer.Ordinal);
}
