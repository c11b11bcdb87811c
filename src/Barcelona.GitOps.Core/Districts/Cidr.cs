using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Numerics;

namespace Barcelona.GitOps.Core.Districts;

/// <summary>A block of IPv4 addresses, <c>10.1.0.0/16</c>. Its first address has no bit set beyond the prefix.</summary>
public readonly record struct Cidr
{
    private const int AddressBits = 32;

    private readonly uint _first;

    private Cidr(uint first, int prefix) => (_first, Prefix) = (first & Mask(prefix), prefix);

    /// <summary>How many leading bits all addresses share.</summary>
    public int Prefix { get; }

    /// <summary>Addresses beyond the prefix are cut off: <c>10.1.2.3/16</c> is <c>10.1.0.0/16</c>, as AWS has it.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out Cidr block)
    {
        block = default;
        if (text?.Split('/') is not [var address, var bits] || Bytes(address) is not { } bytes || Number(bits, AddressBits) is not { } prefix)
        {
            return false;
        }

        block = new(BinaryPrimitives.ReadUInt32BigEndian(bytes), prefix);
        return true;
    }

    public static Cidr Parse(string text) =>
        TryParse(text, out var block) ? block : throw new FormatException($"'{text}' is not a block of IPv4 addresses.");

    /// <summary>One of so many equal parts.</summary>
    /// <param name="index">From 0.</param>
    /// <param name="parts">A power of two.</param>
    public Cidr Part(int index, int parts)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, parts);
        var prefix = Prefix + BitOperations.Log2((uint)parts);
        return BitOperations.IsPow2(parts) && prefix <= AddressBits
            ? new(_first + (uint)((long)index << (AddressBits - prefix)), prefix)
            : throw new ArgumentOutOfRangeException(nameof(parts), parts, $"{this} cannot be cut so.");
    }

    public bool Contains(Cidr other) => other.Prefix >= Prefix && (other._first & Mask(Prefix)) == _first;

    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{_first >> 24}.{(_first >> 16) & 255}.{(_first >> 8) & 255}.{_first & 255}/{Prefix}");

    private static uint Mask(int prefix) => prefix == 0 ? 0 : uint.MaxValue << (AddressBits - prefix);

    private static byte[]? Bytes(string address)
    {
        var numbers = address.Split('.').Select(part => Number(part, byte.MaxValue)).ToList();
        return numbers.Count == 4 && numbers.TrueForAll(n => n is not null) ? [.. numbers.Select(n => (byte)n.GetValueOrDefault())] : null;
    }

    // A leading zero is octal to some readers: it is nobody's intention here.
    private static int? Number(string digits, int max) =>
        digits is "0" or [not '0', ..] && int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number <= max
            ? number
            : null;
}
