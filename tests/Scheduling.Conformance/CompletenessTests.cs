namespace Scheduling.Conformance;

/// <summary>That a store's tests run the whole suite: no area is left out.</summary>
public abstract class CompletenessTests<TStore> : StoreTests<TStore>
    where TStore : StoreFixture, new()
{
    [Fact]
    public void Suite_EveryArea_IsRunByThisStore()
    {
        var areas = typeof(CompletenessTests<>).Assembly.GetExportedTypes().Where(IsArea).Select(static type => type.Name).ToHashSet(StringComparer.Ordinal);
        var run = GetType().Assembly.GetTypes()
            .Where(static type => !type.IsAbstract && type.BaseType is { IsGenericType: true } parent && parent.GenericTypeArguments[0] == typeof(TStore))
            .Select(static type => type.BaseType!.Name);

        areas.ExceptWith(run);

        Assert.Empty(areas);
    }

    private static bool IsArea(Type type) => type is { IsAbstract: true, BaseType: { IsGenericType: true } parent } && parent.GetGenericTypeDefinition() == typeof(StoreTests<>);
}
