// On a phone the menu covers the page, and Streamlit leaves it there when a link in it was followed.
const PHONE_PX = 768;

export default function ({ data }) {
  const arrived = window.__pageOfMenu !== undefined && window.__pageOfMenu !== data.page;
  window.__pageOfMenu = data.page;
  const menu = document.querySelector('[data-testid="stSidebar"][data-collapsed="false"]');
  if (arrived && menu && window.innerWidth < PHONE_PX) {
    menu.querySelector('[data-testid="stSidebarCollapseButton"] button')?.click();
  }
}
