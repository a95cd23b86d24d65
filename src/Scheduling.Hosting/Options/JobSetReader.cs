using System.Globalization;
using Microsoft.Extensions.Configuration;

namespace Scheduling.Hosting;

/// <summary>Reads the jobs that the configuration wants tenants to have: the section "Scheduling:Jobs". What cannot be read is told with its path, and the rest goes on.</summary>
internal sealed class JobSetReader
{
    /// <summary>The section's name.</summary>
    public const string SectionName = "Jobs";

    /// <summary>The set's name unless the section gives one.</summary>
    public const string DefaultSet = "configuration";

    private const string TenantsName = "Tenants";
    private static readonly string[] Names = ["Set", "Generation", "Prunes", "Adopts", TenantsName];
    private readonly SchedulingOptions _options;
    private string _set = DefaultSet;
    private long _generation;
    private bool _prunes = true;
    private bool _adopts;

    private JobSetReader(SchedulingOptions options) => _options = options;

    public static void Read(SchedulingOptions options, IConfigurationSection section)
    {
        var reader = new JobSetReader(options);
        foreach (var child in section.GetChildren())
            reader.ReadSetting(child);
        foreach (var tenant in section.GetSection(TenantsName).GetChildren())
            reader.ReadTenant(tenant);
    }

    private void ReadSetting(IConfigurationSection child)
    {
        switch (Names.FirstOrDefault(name => string.Equals(name, child.Key, StringComparison.OrdinalIgnoreCase)))
        {
            case "Set":
                _set = child.Value ?? "";
                break;
            case "Generation" when long.TryParse(child.Value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var generation):
                _generation = generation;
                break;
            case "Generation":
                _options.Unreadable.Add($"{child.Path} is '{child.Value}': give a whole number.");
                break;
            case "Prunes":
                _prunes = Flag(child, _prunes);
                break;
            case "Adopts":
                _adopts = Flag(child, _adopts);
                break;
            case null:
                _options.Unreadable.Add(Unknown(child));
                break;
        }
    }

    private static string Unknown(IConfigurationSection child) => NearName.Of(child.Key, Names) is { } near
        ? $"{child.Path} is not a setting: did you mean {near}?"
        : $"{child.Path} is not a setting: jobs stand in {child.Path[..^child.Key.Length]}{TenantsName}:{{tenant}}:{{key}}, and beside it are allowed {string.Join(", ", Names)}.";

    private bool Flag(IConfigurationSection child, bool otherwise)
    {
        if (bool.TryParse(child.Value, out var flag))
            return flag;
        _options.Unreadable.Add($"{child.Path} is '{child.Value}': give true or false.");
        return otherwise;
    }

    private void ReadTenant(IConfigurationSection tenant)
    {
        var definitions = new List<JobDefinition>();
        var configured = new Dictionary<string, ConfiguredJob>(StringComparer.Ordinal);
        var isWhole = true;
        foreach (var section in tenant.GetChildren())
        {
            if (ReadJob(section) is not var (definition, place))
                isWhole = false;
            else if (configured.TryAdd(definition.Key!, place))
                definitions.Add(definition);
            else
                _options.Unreadable.Add($"{section.Path}: the key '{definition.Key}' is there twice: give each job a key of its own.");
        }
        if (!isWhole)
            return;
        _options.JobSets.Add(new JobSetDeclaration
        {
            Tenant = tenant.Key,
            Title = tenant.Path,
            Set = new JobSet { Name = _set, Generation = _generation, Jobs = definitions },
            Options = new ReconcileOptions { Prunes = _prunes, Adopts = _adopts },
            Configured = configured,
        });
    }

    private (JobDefinition Definition, ConfiguredJob Place)? ReadJob(IConfigurationSection section)
    {
        var writer = new JobSectionWriter();
        var place = new ConfiguredJob(section.Path, writer.Paths);
        try
        {
            return (JobDocument.Parse(writer.Write(section)), place);
        }
        catch (SchedulingValidationException invalid)
        {
            _options.Unreadable.AddRange(place.Problems(invalid));
            return null;
        }
    }
}
