namespace Scheduling.Core.Tests.Storage.Model;

/// <summary>An execution as the model expects it.</summary>
internal sealed class ModelRun(ModelJob job)
{
    public ModelJob Job { get; } = job;

    public ExecutionStatus Status { get; set; } = ExecutionStatus.Pending;

    public int Attempt { get; set; }

    public long Token { get; set; }

    /// <summary>Starts in a row that nobody settled.</summary>
    public int LostStarts { get; set; }

    public OwnerId? Owner { get; set; }

    public bool IsCancelRequested { get; set; }

    public bool IsJobDeleted { get; set; }

    public bool HasToken(long token) => Status == ExecutionStatus.Running && Token == token;

    /// <summary>Back to pending, unless its end was asked for.</summary>
    public void GoBack() => Status = IsCancelRequested || IsJobDeleted ? ExecutionStatus.Cancelled : ExecutionStatus.Pending;
}
