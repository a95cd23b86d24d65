using System.Collections;
using System.Reflection;
using Xunit;
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
        var count = 0;
        foreach (var row in Rows())
        {
            count++;
            var instance = method.IsStatic ? null : Activator.CreateInstance(method.DeclaringType!);
            var result = method.Invoke(instance, BindingFlags.DoNotWrapExceptions, null, method.ResolveMethodArguments(row), null);
            (result as Task)?.GetAwaiter().GetResult();
        }

        if (count == 0)
        {
            throw new InvalidOperationException($"{Name} has no rows.");
        }
    }

    private IEnumerable<object?[]> Rows()
    {
        if (method.GetCustomAttribute<TheoryAttribute>() is null)
        {
            return [[]];
        }

        return from source in method.GetCustomAttributes().OfType<IDataAttribute>()
               from row in source is MemberDataAttribute member ? RowsOf(member) : source.GetData(method, new DisposalTracker()).AsTask().GetAwaiter().GetResult().Select(static row => row.GetData())
               select row;
    }

    // Asked outside the framework, a member attribute has no rows: the member is read here.
    private IEnumerable<object?[]> RowsOf(MemberDataAttribute source)
    {
        var type = source.MemberType ?? method.DeclaringType!;
        const BindingFlags Statics = BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.FlattenHierarchy;
        var value = type.GetProperty(source.MemberName, Statics)?.GetValue(null) ?? type.GetField(source.MemberName, Statics)?.GetValue(null)
            ?? type.GetMethod(source.MemberName, Statics)?.Invoke(null, source.Arguments) ?? throw new InvalidOperationException($"{Name}: there is no {source.MemberName}.");
        foreach (var row in (IEnumerable)value)
        {
            yield return row switch
            {
                ITheoryDataRow data => data.GetData(),
                object?[] values => values,
                _ => [row],
            };
        }
    }
}
