namespace Quickstart.Display;

/// <summary>Shows people what happens.</summary>
internal interface IDisplay : IDisposable
{
    void Show(Board board);
}
