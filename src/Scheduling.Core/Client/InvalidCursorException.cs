namespace Scheduling;

/// <summary>A cursor is not one that this call gave for this tenant and question.</summary>
public sealed class InvalidCursorException : FormatException
{
    internal InvalidCursorException(string cursor)
        : base($"The cursor '{IdentityText.Shorten(cursor)}' is not one that this call gave for this tenant and question: begin with the first page (no cursor).") => Cursor = cursor;

    /// <summary>What was given.</summary>
    public string Cursor { get; }
}
