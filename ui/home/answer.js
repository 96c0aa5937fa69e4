// A sentence that changes in place. Streamlit calls the default export when the data changes.
export default function ({ data, parentElement }) {
  const host = parentElement.querySelector(".answer");
  host.write = () => {
    const { says, more } = atMoment(host, data);
    host.querySelector("strong").textContent = says;
    host.querySelector("span").textContent = more;
  };
  hearMoments(host, () => host.write());
  host.write();
}
