using Scheduling.Policies;

namespace Scheduling;

/// <summary>The upper-case names that policies have in a job document.</summary>
internal static class JobDocumentNames
{
    public static readonly string[] Misfires = ["RUN_ONCE", "SKIP", "RUN_ALL"];
    public static readonly string[] Overlaps = ["SKIP", "QUEUE_ONE", "ALLOW"];
    public static readonly string[] Orphans = ["RERUN", "ABANDON"];

    public static string Of(MisfireMode mode) => mode switch
    {
        MisfireMode.Skip => "SKIP",
        MisfireMode.RunAll => "RUN_ALL",
        _ => "RUN_ONCE",
    };

    public static string Of(OverlapPolicy overlap) => Overlaps[(byte)overlap];

    public static string Of(OrphanPolicy orphans) => Orphans[(byte)orphans];

    public static MisfireMode MisfireOf(string name) => name switch
    {
        "SKIP" => MisfireMode.Skip,
        "RUN_ALL" => MisfireMode.RunAll,
        _ => MisfireMode.RunOnce,
    };
}
