namespace Barcelona.GitOps.Sandbox.GitHub;

/// <summary>Records in the order they were made; readers get a snapshot, writers replace a record as a whole.</summary>
public sealed class Ledger<T>(Func<T, long> id) where T : class
{
    private readonly Lock _gate = new();
    private readonly List<T> _entries = [];

    public IReadOnlyList<T> All
    {
        get
        {
            lock (_gate)
                return [.. _entries];
        }
    }

    public T? Find(long wanted)
    {
        lock (_gate)
            return _entries.FirstOrDefault(e => id(e) == wanted);
    }

    public T Add(T entry)
    {
        lock (_gate)
            _entries.Add(entry);
        return entry;
    }

    /// <summary>The one that matches, or a new one: two callers never both make it.</summary>
    public (T Entry, bool Added) FindOrAdd(Func<T, bool> matches, Func<T> make)
    {
        lock (_gate)
        {
            if (_entries.FirstOrDefault(matches) is { } found)
                return (found, Added: false);
            var made = make();
            _entries.Add(made);
            return (made, Added: true);
        }
    }

    /// <summary>Null where there is no such record.</summary>
    public T? Update(long wanted, Func<T, T> change)
    {
        lock (_gate)
        {
            var index = _entries.FindIndex(e => id(e) == wanted);
            return index < 0 ? null : _entries[index] = change(_entries[index]);
        }
    }

    public bool Remove(long wanted)
    {
        lock (_gate)
            return _entries.RemoveAll(e => id(e) == wanted) > 0;
    }
}
