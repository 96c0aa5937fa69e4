"""Maps by t-SNE, made one at a time on a server, in a process of its own, whose memory goes back when it ends.

All a page does, given the jobs and the runs of its server, a key that names network, epoch and layer, and the word that
its visitor is known by::

    values = fcnn.inside.maps.values_in(spec, params, X, layer)   # (N, D)
    jobs.begin(key, values, owner)                                # MapRefusedError: a sentence to show
    view = jobs.look(key, owner)                                  # a MapView, and on every second from then on
    jobs.stop(key, owner)

Maps that are ready stay for everybody who asks for the same key. The lock of the jobs is taken while no other is held,
and none is taken while it is held.
"""
