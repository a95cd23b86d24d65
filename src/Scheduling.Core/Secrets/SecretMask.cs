namespace Scheduling.Secrets;

/// <summary>What is shown in the place of a secret. Setting a secret to it changes nothing, so that a form that is sent back as it was shown overwrites none.</summary>
public static class SecretMask
{
    /// <summary>The mask: eight asterisks.</summary>
    public const string Text = "********";

    /// <summary>Whether a value is the mask and not a secret.</summary>
    /// <param name="value">The value.</param>
    /// <returns>True for the mask.</returns>
    public static bool IsMask(string? value) => string.Equals(value, Text, StringComparison.Ordinal);
}
