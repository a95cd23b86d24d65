using NodaTime;

namespace Scheduling.Core.Tests.Cron;

/// <summary>One field as the generator wrote it: its text, and what it means as a question to a calendar. Knows nothing of the engine.</summary>
/// <param name="Text">As it stands in the expression.</param>
/// <param name="Matches">The meaning.</param>
/// <param name="IntervalLike">Whether it has a star, range or step.</param>
/// <param name="Star">Whether it begins with a star or question mark.</param>
internal sealed record OracleField(string Text, Func<LocalDateTime, bool> Matches, bool IntervalLike, bool Star)
{
    public override string ToString() => Text;
}
