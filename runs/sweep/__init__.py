"""Many runs, to see what one setting does: planned, run one after another or as a race, and compared by their figures.

All a page does, given runs and scheduler of its server and the words that its visitor is known by::

    settings = expand(READY["wide"].plan)                      # ValueError: a sentence to show
    st.write(f"{len(settings)} runs, about {how_long(settings, speed):.0f} s")

    def make(settings: Settings, customer: Customer) -> str:   # called in the thread of the sweep
        data = mnist.dataset(settings.config)
        run = Run(settings.spec, data, settings.config, scheduler, admitted=False, customer=customer)
        return runs.add(run, owner=owner)

    sweep = sweeps.begin(owner, lambda: Sweep(settings, [Here(runs, make)], at_once=8, ended=keep))

or, on a server with a cluster, ``[Elsewhere(connection), Here(runs, make)]``, with one Connection for the server; and
then, on every page of that visitor, since it ends if nobody looks, ``sweep.look()``: a SweepView, whose results come
as runs end, and whose runs under way have views to draw curves from.
"""
