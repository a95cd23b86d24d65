using ScheduledJobsService;

var builder = WebApplication.CreateBuilder(args);
ScheduledJobsApplication.AddTo(builder);
var app = builder.Build();
ScheduledJobsApplication.Map(app);
await app.RunAsync();
