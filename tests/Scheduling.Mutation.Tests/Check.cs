using System.Reflection;
using Xunit.Sdk;
using Xunit.v3;

namespace Scheduling.Tests;

/// <summary>One test method with its rows, run directly: the overhead of a test framework, per row, is more than most rows take.</summary>
internal sealed class Check(MethodInfo method)
{
    /// <summary>Class and method.</summary>
    public string Name { get; } = $"{method.DeclaringType!.Name}.{method.Name}";

    /// <summary>How long it took when nothing was mutated.</summary>
    public TimeSpan Usual { get; set; }

    /// <summary>Runs every row; what a row throws is thrown.</summary>
    public void Run()
    {
        foreach (var row in Rows())
        {
            var instance = method.IsStatic ? null : Activator.CreateInstance(method.DeclaringType!);
            var result = method.Invoke(instance, BindingFlags.DoNotWrapExceptions, null, method.ResolveMethodArguments(row), null);
            (result as Task)?.GetAwaiter().GetResult();
        }
    }

    private IEnumerable<object?[]> Rows()
    {
        if (method.GetCustomAttribute<TheoryAttribute>() is null)
        {
            return [[]];
        }

        return from source in method.GetCustomAttributes().OfType<IDataAttribute>()
               from row in source.GetData(method, new DisposalTracker()).AsTask().GetAwaiter().GetResult()
               select row.GetData();
    }
}
