using System.Runtime.InteropServices;

namespace Scheduling.Cron;

/// <summary>A problem and where it is; the default is no problem.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly struct CronFault(CronProblem problem, CronField? field, int position, int length)
{
    public CronProblem Problem { get; } = problem;

    /// <summary>The field, or null when the problem is not one field's.</summary>
    public CronField? Field { get; } = field;

    /// <summary>Zero-based index of the first character concerned.</summary>
    public int Position { get; } = position;

    /// <summary>How many characters are concerned; zero at the end of the text.</summary>
    public int Length { get; } = length;
}
