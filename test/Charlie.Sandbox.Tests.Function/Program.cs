// A function whose events say what it does, behind the plain Runtime API: no package stands between it and the sandbox.
using System.Text;
using System.Text.Json;

if (Environment.GetEnvironmentVariable("INIT") == "exit")
{
    Environment.Exit(3);
}

using var http = new HttpClient
{
    BaseAddress =
    new Uri($"http://{Environment.GetEnvironmentVariable("AWS_LAMBDA_RUNTIME_API")}/2018-06-01/runtime/"),
    Timeout = Timeout.InfiniteTimeSpan
};
if (Environment.GetEnvironmentVariable("INIT") == "error")
{
    await PostAsync("init/error", """{"errorMessage":"a variable is wrong","errorType":"ConfigurationException","stackTrace":[]}""");
    return 1;
}

if (Environment.GetEnvironmentVariable("INIT") == "hang")
{
    await Task.Delay(Timeout.Infinite);
}

var count = 0;
while (true)
{
    using var next = await http.GetAsync(new Uri("invocation/next", UriKind.Relative));
    var payload = await next.Content.ReadAsStringAsync();
    var id = next.Headers.GetValues("Lambda-Runtime-Aws-Request-Id").Single();
    using var document = JsonDocument.Parse(payload);
    count++;
    switch (document.RootElement.GetProperty("do").GetString())
    {
        case "report":
            await PostAsync($"invocation/{id}/response", Report(next, count));
            break;
        case "log":
            Console.WriteLine("out of " + document.RootElement.GetProperty("text").GetString());
            Console.Error.WriteLine("error of " + document.RootElement.GetProperty("text").GetString());
            await PostAsync($"invocation/{id}/response", "null");
            break;
        case "fail":
            await PostAsync($"invocation/{id}/error", """{"errorMessage":"it broke","errorType":"InvalidOperationException","stackTrace":["at A()","at B()"]}""");
            break;
        case "wrong-id":
            using (var response = await http.PostAsync(new Uri("invocation/another/response", UriKind.Relative), new StringContent("1")))
            {
                await PostAsync($"invocation/{id}/response",
                    ((int)response.StatusCode).ToString(System.Globalization.CultureInfo.InvariantCulture));
            }

            break;
        case "too-large":
            await PostAsync($"invocation/{id}/response", '"' + new string('x', 6 * 1024 * 1024) + '"');
            break;
        case "meet":
            // Responds only when as many of these as are asked for run at once.
            var place = document.RootElement.GetProperty("place").GetString()!;
            await File.WriteAllTextAsync(Path.Combine(place, id), "");
            while (Directory.GetFiles(place).Length < document.RootElement.GetProperty("together").GetInt32())
            {
                await Task.Delay(5);
            }

            await PostAsync($"invocation/{id}/response", Report(next, count));
            break;
        case "hang":
            if (document.RootElement.TryGetProperty("started", out var started))
            {
                await File.WriteAllTextAsync(
                    started.GetString()!, Environment.ProcessId.ToString(System.Globalization.CultureInfo.InvariantCulture));
            }

            await Task.Delay(Timeout.Infinite);
            break;
        case "exit":
            Environment.Exit(document.RootElement.GetProperty("code").GetInt32());
            break;
    }
}

async Task PostAsync(string path, string body)
{
    using var content = new StringContent(body, Encoding.UTF8, "application/json");
    using var response = await http.PostAsync(new Uri(path, UriKind.Relative), content);
}

static string Report(HttpResponseMessage next, int count) => JsonSerializer.Serialize(new Dictionary<string, object>
{
    ["count"] = count,
    ["pid"] = Environment.ProcessId,
    ["variables"] = Environment.GetEnvironmentVariables(),
    ["headers"] = next.Headers.Where(header => header.Key.StartsWith("Lambda-", StringComparison.OrdinalIgnoreCase))
        .ToDictionary(header => header.Key, header => header.Value.Single()),
});
