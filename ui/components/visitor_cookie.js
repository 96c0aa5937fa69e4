// Keeps a visitor's token in a cookie of this browser, for a year from the last visit. Where the browser has another one
// already, from an earlier visit or another tab, that one is reported, and Python takes it over; but for one that is to
// be forgotten, which makes way.
const NAME = "digits_visitor";
const YEAR_S = 31_536_000;

export default function ({ data, setStateValue }) {
  const found = document.cookie.match(new RegExp(`(?:^|; )${NAME}=([\\w-]+)`))?.[1];
  const secure = location.protocol === "https:" ? "; Secure" : "";
  const kept = found && found !== data.instead_of ? found : data.token;
  document.cookie = `${NAME}=${kept}; Max-Age=${YEAR_S}; SameSite=Lax; Path=/${secure}`;
  if (kept !== data.token) setStateValue("seen", kept);
}
