namespace Scheduling;

/// <summary>What became of a line.</summary>
public enum ImportOutcome : byte
{
    /// <summary>The job is new.</summary>
    Created = 1,

    /// <summary>The job was there and became what the line says.</summary>
    Updated = 2,

    /// <summary>The job was there and like that already.</summary>
    Unchanged = 3,

    /// <summary>The job was there, and <see cref="ImportOptions.UpdatesExisting"/> is off.</summary>
    Kept = 4,

    /// <summary>The line is wrong or a rule forbids the job: <see cref="ImportedLine.Error"/>.</summary>
    Refused = 5,

    /// <summary>The line names a secret that the tenant has.</summary>
    SecretPresent = 6,

    /// <summary>The line names a secret that the tenant does not have: set it before its jobs run.</summary>
    SecretMissing = 7,
}
