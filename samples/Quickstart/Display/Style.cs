namespace Quickstart.Display;

/// <summary>How text looks.</summary>
internal enum Style
{
    Plain,
    Dim,
    Bold,
    Good,
    Warn,
    Bad,
    Active,
    Title,
}
