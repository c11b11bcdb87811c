using System.Data;
using System.Data.Common;
using Barcelona.GitOps.Storage.Sqlite;
using Microsoft.Data.Sqlite;

namespace Barcelona.GitOps.Tests.Storage;

public sealed class SqliteFileTests : IDisposable
{
    private const string NameOf = "select name from t where id = @id";

    private readonly string _folder = Directory.CreateTempSubdirectory("barcelona-sqlite-").FullName;
    private readonly SqliteFile _file;

    public SqliteFileTests()
    {
        _file = new SqliteFile($"Data Source={_folder}/test.db");
        using var connection = _file.OpenConnection();
        Run(connection, "create table t (id integer primary key, name text not null)");
    }

    public void Dispose()
    {
        _file.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public void A_connection_that_is_given_back_is_given_out_again_and_each_has_the_settings()
    {
        DbConnection first, second;
        using (first = _file.OpenConnection())
        using (second = _file.OpenConnection())
        {
            Assert.NotSame(first, second);
            Assert.All([first, second], c => Assert.Equal((1L, 2L, "wal"), SettingsOf(c)));
        }

        using var third = _file.OpenConnection();
        Assert.True(third == first || third == second);
    }

    [Fact]
    public void One_that_is_given_back_twice_is_not_given_to_two()
    {
        var connection = _file.OpenConnection();
        connection.Dispose();
        connection.Dispose();

        using var first = _file.OpenConnection();
        using var second = _file.OpenConnection();
        Assert.NotSame(first, second);
    }

    [Fact]
    public void A_statement_is_run_again_with_other_values()
    {
        for (var i = 1; i <= 3; i++)
            Write(i, $"name {i}");

        using var connection = _file.OpenConnection();
        Assert.Equal(["name 2"], Names(connection, 2));
        Assert.Equal(["name 3"], Names(connection, 3));
        Assert.Empty(Names(connection, 4));
    }

    [Fact]
    public void A_statement_that_failed_is_run_again()
    {
        Write(1, "a");
        Assert.Equal(SQLitePCL.raw.SQLITE_CONSTRAINT, Assert.Throws<SqliteException>(() => Write(1, "b")).SqliteErrorCode);
        Write(2, "c");
    }

    [Fact]
    public void A_statement_can_be_run_while_it_is_being_read()
    {
        Write(1, "a");
        Write(2, "b");
        using var connection = _file.OpenConnection();
        List<string> seen = [];
        foreach (var outer in All())
            seen.AddRange(All().Select(inner => outer + inner));

        Assert.Equal(["aa", "ab", "ba", "bb"], seen);
        IEnumerable<string> All() => Read(connection, "select name from t order by id");
    }

    [Fact]
    public void A_prepared_statement_sees_the_tables_as_they_are_now()
    {
        Write(1, "a");
        using (var connection = _file.OpenConnection())
        {
            Assert.Equal(["a"], Names(connection, 1));
            Run(connection, "drop table t; create table t (name text, id integer)");
            Run(connection, "insert into t (id, name) values (1, 'b')");
        }

        using var again = _file.OpenConnection();
        Assert.Equal(["b"], Names(again, 1));
    }

    [Fact]
    public void What_is_left_in_the_middle_of_a_transaction_never_happened()
    {
        var left = _file.OpenConnection();
        _ = left.BeginTransaction();
        Run(left, "insert into t (id, name) values (1, 'a')");
        left.Dispose();

        using var next = _file.OpenConnection();
        Assert.NotSame(left, next);
        Assert.Empty(Names(next, 1));
    }

    [Fact]
    public void A_command_that_is_given_up_while_it_is_read_can_be_run_again()
    {
        Write(1, "a");
        using (var connection = _file.OpenConnection())
        {
            var command = Command(connection, NameOf, ("id", 1));
            var reader = command.ExecuteReader();
            Assert.True(reader.Read());
            command.Dispose();
            Assert.True(reader.IsClosed);
        }

        using var again = _file.OpenConnection();
        Assert.Equal(["a"], Names(again, 1));
    }

    [Fact]
    public void When_the_file_is_left_all_its_connections_close()
    {
        var (idle, used) = (_file.OpenConnection(), _file.OpenConnection());
        idle.Dispose();
        _file.Dispose();
        Assert.Equal((ConnectionState.Closed, ConnectionState.Open), (idle.State, used.State));
        used.Dispose();
        Assert.Equal(ConnectionState.Closed, used.State);
    }

    private void Write(int id, string name)
    {
        using var connection = _file.OpenConnection();
        Run(connection, "insert into t (id, name) values (@id, @name)", ("id", id), ("name", name));
    }

    private static IEnumerable<string> Names(DbConnection connection, int id) =>
        Read(connection, NameOf, ("id", id));

    private static IEnumerable<string> Read(DbConnection connection, string sql, params (string Name, object Value)[] parameters)
    {
        using var command = Command(connection, sql, parameters);
        using var reader = command.ExecuteReader();
        while (reader.Read())
            yield return reader.GetString(0);
    }

    private static void Run(DbConnection connection, string sql, params (string Name, object Value)[] parameters)
    {
        using var command = Command(connection, sql, parameters);
        command.ExecuteNonQuery();
    }

    private static object? Value(DbConnection connection, string sql)
    {
        using var command = Command(connection, sql);
        return command.ExecuteScalar();
    }

    private static DbCommand Command(DbConnection connection, string sql, params (string Name, object Value)[] parameters)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        foreach (var (name, value) in parameters)
            command.Parameters.Add(new SqliteParameter(name, value));

        return command;
    }

    private static (object? ForeignKeys, object? Synchronous, object? Journal) SettingsOf(DbConnection connection) =>
        (Value(connection, "pragma foreign_keys"), Value(connection, "pragma synchronous"), Value(connection, "pragma journal_mode"));
}
