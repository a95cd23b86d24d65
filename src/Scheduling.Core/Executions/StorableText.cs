namespace Scheduling;

/// <summary>Makes any text storable: PostgreSQL refuses NUL, UTF-8 has no half surrogates, and one bad text must not fail a whole batch of settlements.</summary>
internal static class StorableText
{
    public static string? Clean(string? text, int maximumLength)
    {
        if (text is null)
            return null;
        var cut = text.Length <= maximumLength ? text : Cut(text, maximumLength);
        return IsClean(cut) ? cut : Replace(cut);
    }

    public static bool IsClean(ReadOnlySpan<char> text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '\0')
                return false;
            if (!char.IsSurrogate(text[i]))
                continue;
            if (i + 1 == text.Length || !char.IsSurrogatePair(text[i], text[i + 1]))
                return false;
            i++;
        }
        return true;
    }

    private static string Cut(string text, int maximumLength)
    {
        var length = maximumLength - 1;
        if (char.IsHighSurrogate(text[length - 1]))
            length--;
        return string.Concat(text.AsSpan(0, length), "…");
    }

    private static string Replace(string text) => string.Create(text.Length, text, static (span, source) =>
    {
        for (var i = 0; i < source.Length; i++)
        {
            var paired = i + 1 < source.Length && char.IsSurrogatePair(source[i], source[i + 1]);
            span[i] = source[i] == '\0' || (char.IsSurrogate(source[i]) && !paired) ? '\uFFFD' : source[i];
            if (paired)
                span[++i] = source[i];
        }
    });
}
