using System.Text;
using System.Text.Json.Nodes;
using Barcelona.GitOps.GitHub;
using Barcelona.GitOps.GitHub.Webhooks;
using CsCheck;
using Microsoft.Extensions.Options;

namespace Barcelona.GitOps.Tests.GitHub;

/// <summary>The translator is total: every kind of bytes has a translation, and none an exception.</summary>
public sealed class WebhookTranslatorProperties
{
    private static readonly string[] Events =
        ["push", "create", "delete", "pull_request", "check_run", "check_suite", "merge_group", "status", "workflow_run", "ping", ""];

    private static readonly WebhookTranslator Translator = new(new AppIdentity(), Options.Create(new GitHubOptions { AppId = "4711" }));

    private static readonly (string Event, byte[] Body)[] Samples =
        [.. WebhookPayload.Names.Select(name => (name.Split('.')[0], WebhookPayload.Bytes(name, _ => { })))];

    private static readonly Func<JsonNode?>[] OddValues =
    [
        () => null, () => "", () => "\ud800", () => "0000000000000000000000000000000000000000", () => -1, () => 1e300, () => true,
        () => new JsonArray(), () => new JsonObject(), () => "refs/heads/", () => "a/b", () => "9999-99-99",
    ];

    [Fact]
    public void Any_bytes_are_translated() =>
        Gen.Select(Gen.Int[0, Events.Length - 1], Gen.Byte.Array[0, 200]).Sample(
            (name, body) => Assert.NotNull(Translator.Translate(Events[name], body)), iter: 2_000);

    [Fact]
    public void A_real_payload_that_is_cut_or_has_bytes_changed_is_translated() =>
        Gen.Select(Gen.Int[0, Samples.Length - 1], Gen.Int[0, 30_000], Gen.Byte, Gen.Bool).Sample(
            (sample, at, value, cut) =>
            {
                var body = Samples[sample].Body.ToArray();
                var place = at % body.Length;
                body[place] = value;
                Assert.NotNull(Translator.Translate(Samples[sample].Event, cut ? body.AsMemory(0, place) : body));
            },
            iter: 1_000);

    [Fact]
    public void A_real_payload_with_any_value_replaced_is_translated() =>
        Gen.Select(Gen.Int[0, Samples.Length - 1], Gen.Int[0, 5_000], Gen.Int[0, OddValues.Length - 1]).Sample(
            (sample, at, odd) =>
            {
                var payload = Assert.IsType<JsonObject>(JsonNode.Parse(Samples[sample].Body));
                var places = Places(payload).ToList();
                var (parent, name) = places[at % places.Count];
                parent[name] = OddValues[odd]();
                Assert.NotNull(Translator.Translate(Samples[sample].Event, Encoding.UTF8.GetBytes(payload.ToJsonString())));
            },
            iter: 1_000);

    [Fact]
    public void A_real_payload_with_each_value_in_turn_null_is_translated()
    {
        foreach (var (name, body) in Samples)
        {
            var payload = Assert.IsType<JsonObject>(JsonNode.Parse(body));
            foreach (var (parent, field) in Places(payload).ToList())
            {
                var value = parent[field];
                parent[field] = null;
                Assert.NotNull(Translator.Translate(name, Encoding.UTF8.GetBytes(payload.ToJsonString())));
                parent[field] = value;
            }
        }
    }

    private static IEnumerable<(JsonObject Parent, string Name)> Places(JsonNode? node) => node switch
    {
        JsonObject o => o.SelectMany(p => Places(p.Value).Prepend((o, p.Key))),
        JsonArray a => a.SelectMany(Places),
        _ => [],
    };
}
