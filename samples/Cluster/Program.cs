using ClusterSample;

try
{
    var arguments = Arguments.Read(args);
    if (arguments.Help)
    {
        Console.WriteLine(Arguments.Usage);
        return 0;
    }
    if (arguments.Worker is null)
        return await new Supervisor(arguments, TimeProvider.System).RunAsync();
    await Worker.RunAsync(arguments);
    return 0;
}
catch (FormatException misuse)
{
    Console.Error.WriteLine(misuse.Message);
    Console.Error.WriteLine(Arguments.Usage);
    return 2;
}
