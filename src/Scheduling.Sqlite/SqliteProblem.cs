namespace Scheduling.Sqlite;

/// <summary>What is wrong with a SQLite file, as far as a program or an operator can act on it.</summary>
public enum SqliteProblem
{
    /// <summary>Something else; the message has SQLite's own words.</summary>
    Other = 0,

    /// <summary>Another process has written for longer than the busy timeout. Passing.</summary>
    Busy = 1,

    /// <summary>The file or its folder cannot be opened: missing, no permission, or on a network file system.</summary>
    CannotOpen = 2,

    /// <summary>The file that was open is gone, or another one lies in its place. It is not made anew.</summary>
    Missing = 3,

    /// <summary>The file, its folder or the file system cannot be written.</summary>
    ReadOnly = 4,

    /// <summary>The disk is full. Nothing of the write was kept.</summary>
    Full = 5,

    /// <summary>The file is damaged, or no SQLite database at all.</summary>
    Corrupt = 6,

    /// <summary>The operating system failed to read or write the file.</summary>
    InputOutput = 7,

    /// <summary>The file's schema is newer than this version of the package, or not this package's.</summary>
    Schema = 8,
}
