using PollingService;

var builder = WebApplication.CreateBuilder(args);
PollingApplication.AddTo(builder);
var app = builder.Build();
PollingApplication.Map(app);
await app.RunAsync();
