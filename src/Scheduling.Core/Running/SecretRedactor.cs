using Scheduling.Secrets;

namespace Scheduling.Running;

/// <summary>The secrets that a run was handed, so that none of them gets into what is written about it: messages, errors, events. Texts must be redacted before they are cut, or half a secret stays.</summary>
/// <remarks>Thread-safe. Finds a secret as it is, not encoded or in parts. Values of fewer than four characters are left alone: they would hit half of any text.</remarks>
internal sealed class SecretRedactor
{
    private const int ShortestValue = 4;
    private readonly Lock _gate = new();
    private volatile string[] _values = [];

    public void Add(string value)
    {
        if (value.Length < ShortestValue)
            return;
        lock (_gate)
        {
            // The longest first: a secret may begin with another one.
            if (!_values.Contains(value, StringComparer.Ordinal))
                _values = [.. _values.Append(value).OrderByDescending(static known => known.Length)];
        }
    }

    public string? Clean(string? text)
    {
        foreach (var value in text is null ? [] : _values)
            text = text!.Replace(value, SecretMask.Text, StringComparison.Ordinal);
        return text;
    }
}
