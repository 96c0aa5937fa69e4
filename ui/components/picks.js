// What a hand has picked, and what the page knows of it: see picks.py. A host keeps the number of its last message.
function pick(host, ids, setStateValue) {
  host.picked = ids;
  host.message = (host.message ?? 0) + 1;
  setStateValue("picked", { ids, number: host.message });
}

// The ids that are picked now: those of the page, unless it has not heard the last message yet.
function picksNow(host, { picked, heard }) {
  if (heard >= (host.message ?? 0)) {
    host.message = heard;
    host.picked = picked;
  }
  return new Set(host.picked);
}

const sameIds = (some, others) => some.size === others.size && [...some].every((id) => others.has(id));
