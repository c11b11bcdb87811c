using System.Data;
using System.Globalization;
using Barcelona.GitOps.Core.Names;
using Dapper;

namespace Barcelona.GitOps.Storage;

/// <summary>How values that are neither text nor number are stored.</summary>
internal static class ColumnTypes
{
    // Dapper knows handlers per process, not per database. Hangfire.PostgreSql uses Dapper too, but none of these types.
    public static void Register()
    {
        SqlMapper.RemoveTypeMap(typeof(DateTimeOffset));
        SqlMapper.RemoveTypeMap(typeof(DateTimeOffset?));
        SqlMapper.AddTypeHandler(new UnixMilliseconds());
        SqlMapper.AddTypeHandler(new Text<RepositoryName>(RepositoryName.Parse));
        SqlMapper.AddTypeHandler(new Text<GitRef>(GitRef.Parse));
        SqlMapper.AddTypeHandler(new Text<CommitSha>(CommitSha.Parse));
    }

    private sealed class UnixMilliseconds : SqlMapper.TypeHandler<DateTimeOffset>
    {
        public override void SetValue(IDbDataParameter parameter, DateTimeOffset value)
        {
            parameter.DbType = DbType.Int64;
            parameter.Value = value.ToUnixTimeMilliseconds();
        }

        public override DateTimeOffset Parse(object value) =>
            DateTimeOffset.FromUnixTimeMilliseconds(Convert.ToInt64(value, CultureInfo.InvariantCulture));
    }

    private sealed class Text<T>(Func<string, T> parse) : SqlMapper.TypeHandler<T>
        where T : class
    {
        public override void SetValue(IDbDataParameter parameter, T? value)
        {
            parameter.DbType = DbType.String;
            parameter.Value = (object?)value?.ToString() ?? DBNull.Value;
        }

        public override T Parse(object value) => parse((string)value);
    }
}
