using System.Net;
using NumaHistory.Recorder.Sampling;
using NumaHistory.Schema.Text;

namespace NumaHistory.Recorder.Commands;

/// <summary>/healthz answers while the process lives; /readyz while samples reach the store, else 503.</summary>
internal sealed class HealthEndpoint : IAsyncDisposable
{
    private readonly HttpListener _listener;
    private readonly Recordings _recording;
    private readonly Task _answering;

    private HealthEndpoint(HttpListener listener, Recordings recording)
    {
        (_listener, _recording) = (listener, recording);
        _answering = AnswerAsync();
    }

    /// <summary>Listens at an address; null where none is wanted.</summary>
    public static HealthEndpoint? Start(string? address, Recordings recording)
    {
        if (address is null)
        {
            return null;
        }

        if (!IPEndPoint.TryParse(address, out var place) || place.Port == 0)
        {
            throw new Refusal(ExitCode.Usage, $"--listen: '{address}' is not an address with a port; write it like 127.0.0.1:9555");
        }

        var listener = new HttpListener();
        listener.Prefixes.Add($"http://{(IPAddress.Any.Equals(place.Address) ? "*" : place.Address.ToString())}:{place.Port}/");
        try
        {
            listener.Start();
        }
        catch (HttpListenerException taken)
        {
            throw new Refusal(ExitCode.Usage, $"--listen {address}: {taken.Message}", "another port, or stop what listens there", taken);
        }

        return new HealthEndpoint(listener, recording);
    }

    public async ValueTask DisposeAsync()
    {
        _listener.Close();
        await _answering;
    }

    private async Task AnswerAsync()
    {
        while (_listener.IsListening)
        {
            try
            {
                var asked = await _listener.GetContextAsync();
                asked.Response.StatusCode = asked.Request.Url?.AbsolutePath switch
                {
                    "/healthz" => 200,
                    "/readyz" => _recording.IsReady ? 200 : 503,
                    _ => 404,
                };
                asked.Response.Close();
            }
            catch (Exception closed) when (closed is HttpListenerException or ObjectDisposedException)
            {
                return;
            }
        }
    }
}
