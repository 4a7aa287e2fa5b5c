using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using PeerSupport.Services.Notices;
using PeerSupport.Services.Persistence;

namespace PeerSupport.IntegrationTests.Escalation;

/// <summary>Timed work: each errand is done once, at its time, whatever dies in the middle.</summary>
public sealed class ErrandTests(TestServer server) : IAsyncLifetime
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;
    private TestApp app = null!;

    public async ValueTask InitializeAsync()
    {
        app = await TestApp.StartAsync(server);
        await app.Superuser("delete from errands"); // the daily one that every installation has
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    [Fact]
    public async Task An_errand_is_done_at_its_time_and_once()
    {
        await GivenErrands(1, app.Clock.GetUtcNow() + TimeSpan.FromHours(1));
        var errands = Node(new Leaves());
        (await errands.RunDueAsync(Token)).ShouldBe(0);
        app.Clock.Advance(TimeSpan.FromHours(1));
        (await errands.RunDueAsync(Token)).ShouldBe(1);
        (await errands.RunDueAsync(Token)).ShouldBe(0);
        (await Count("messages")).ShouldBe(1);
        (await Count("errands")).ShouldBe(0);
    }

    [Fact]
    public async Task One_that_is_to_be_done_again_comes_back_at_its_next_time()
    {
        await GivenErrands(1, app.Clock.GetUtcNow());
        var errands = Node(new Leaves { Again = errand => new ErrandAgain(errand.Step + 1, errand.DueAt + TimeSpan.FromDays(1)) });
        (await errands.RunDueAsync(Token)).ShouldBe(1);
        app.Clock.Advance(TimeSpan.FromDays(1));
        (await errands.RunDueAsync(Token)).ShouldBe(1);
        (await app.Superuser("select step from errands")).ShouldBe(2);
        (await Count("messages")).ShouldBe(2);
    }

    [Fact]
    public async Task One_that_fails_leaves_nothing_behind_keeps_nothing_from_the_others_and_is_tried_again()
    {
        await GivenErrands(3, app.Clock.GetUtcNow());
        var broken = (Guid)(await app.Superuser("select subject_id from errands order by due_at limit 1"))!;
        var fails = true;
        var errands = Node(new Leaves { Then = (_, errand) => fails && errand.SubjectId == broken ? throw new InvalidOperationException("planted") : Task.CompletedTask });
        await errands.RunDueAsync(Token);
        (await Count("messages")).ShouldBe(2);
        (await Count("errands")).ShouldBe(1);
        fails = false;
        (await errands.RunDueAsync(Token)).ShouldBe(0, "left alone for a moment");
        app.Clock.Advance(TimeSpan.FromSeconds(30));
        (await errands.RunDueAsync(Token)).ShouldBe(1);
        (await Count("messages")).ShouldBe(3);
        (await Count("errands")).ShouldBe(0);
    }

    [Fact]
    public async Task Two_nodes_at_once_do_each_once()
    {
        await GivenErrands(60, app.Clock.GetUtcNow());
        await using var second = TestApp.Build(app.Connections, app.KeyDirectory, app.Clock);
        var others = new Errands((Database)second.GetService(typeof(Database))!, [new Leaves()], app.Clock, NullLogger<Errands>.Instance);
        var done = await Task.WhenAll(Node(new Leaves()).RunDueAsync(Token), others.RunDueAsync(Token), Node(new Leaves()).RunDueAsync(Token));
        done.Sum().ShouldBe(60);
        (await Count("messages")).ShouldBe(60);
        (await app.Superuser("select count(distinct person_id) from messages")).ShouldBe(60L);
        (await Count("errands")).ShouldBe(0);
    }

    [Fact]
    public async Task A_node_that_dies_in_the_middle_leaves_it_whole_for_the_next()
    {
        await GivenErrands(1, app.Clock.GetUtcNow());
        var dies = Node(new Leaves
        {
            Then = async (work, _) =>
            {
                await work.Context.SaveChangesAsync(Token);
                await work.Context.Database.ExecuteSqlAsync($"select pg_terminate_backend(pg_backend_pid())", Token);
            },
        });
        await Record.ExceptionAsync(() => dies.RunDueAsync(Token));
        (await Count("messages")).ShouldBe(0);
        (await Count("errands")).ShouldBe(1);
        app.Clock.Advance(TimeSpan.FromSeconds(30));
        (await Node(new Leaves()).RunDueAsync(Token)).ShouldBe(1);
        (await Count("messages")).ShouldBe(1);
    }

    [Fact]
    public async Task What_another_node_is_at_is_not_waited_for()
    {
        await GivenErrands(2, app.Clock.GetUtcNow());
        var inside = new TaskCompletionSource();
        var goOn = new TaskCompletionSource();
        var slow = Node(new Leaves
        {
            Then = async (_, _) =>
            {
                inside.TrySetResult();
                await goOn.Task;
            },
        }).RunDueAsync(Token);
        await inside.Task;
        (await Node(new Leaves()).RunDueAsync(Token)).ShouldBe(1, "the one that is free");
        goOn.SetResult();
        (await slow).ShouldBe(1);
        (await Count("messages")).ShouldBe(2);
    }

    [Fact]
    public async Task A_kind_that_this_release_does_not_know_is_left_for_one_that_does()
    {
        await GivenErrands(1, app.Clock.GetUtcNow());
        (await new Errands(app.Get<Database>(), [], app.Clock, NullLogger<Errands>.Instance).RunDueAsync(Token)).ShouldBe(0);
        (await Count("errands")).ShouldBe(1);
    }

    private Errands Node(IErrandHandler handler) => new(app.Get<Database>(), [handler], app.Clock, NullLogger<Errands>.Instance);

    private async Task GivenErrands(int count, DateTimeOffset due)
    {
        foreach (var name in Enumerable.Range(1, count).Select(number => $"peer{number}"))
            await app.Superuser("insert into errands (id, kind, subject_id, step, due_at) values ($1, 3, $2, 0, $3)", Guid.NewGuid(), TestPeople.Ids[name], due);
    }

    private async Task<long> Count(string table) => (long)(await app.Superuser($"select count(*) from {table}"))!;

    /// <summary>Leaves one message behind for each errand.</summary>
    private sealed class Leaves : IErrandHandler
    {
        public ErrandKind Kind => ErrandKind.CheckIn;
        public Func<Errand, ErrandAgain?> Again { get; init; } = _ => null;
        public Func<Work, Errand, Task> Then { get; init; } = (_, _) => Task.CompletedTask;

        public async Task<ErrandAgain?> RunAsync(Work work, Errand errand, CancellationToken cancellationToken)
        {
            work.Context.Messages.Add(new Message { Id = Guid.NewGuid(), Kind = MessageKind.CheckIn, PersonId = errand.SubjectId, DueAt = errand.DueAt });
            await Then(work, errand);
            return Again(errand);
        }
    }
}
