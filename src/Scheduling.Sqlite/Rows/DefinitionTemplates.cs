using System.Diagnostics.CodeAnalysis;
using Scheduling.Schedules;
using Scheduling.Storage.Rows;

namespace Scheduling.Sqlite;

/// <summary>Stored definitions by their text. A million jobs are mostly the same few: the text has the schedule and the policies, and what is a job's own lies in columns beside it.</summary>
internal sealed class DefinitionTemplates
{
    private const int Most = 10_000;
    private static readonly JobDefinition Blank = new() { Executor = "", Schedule = Schedule.Manual };

    private readonly Dictionary<string, JobDefinition> _read = new(StringComparer.Ordinal);

    /// <summary>Reads a stored definition; see <see cref="StoredDefinition.TryRead"/>.</summary>
    public bool TryApply(string json, JobDefinition columns, [NotNullWhen(true)] out JobDefinition? definition, [NotNullWhen(false)] out string? problem)
    {
        definition = null;
        problem = null;
        if (!_read.TryGetValue(json, out var template))
        {
            if (!StoredDefinition.TryRead(json, Blank, out template, out problem))
                return false;
            if (_read.Count >= Most)
                _read.Clear();
            _read[json] = template;
        }
        definition = template with { Key = columns.Key, Name = columns.Name, Description = columns.Description, Executor = columns.Executor, Payload = columns.Payload };
        return true;
    }
}
