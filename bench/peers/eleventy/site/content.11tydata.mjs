export default { layout: "exhibit.njk", permalink: (data) => `/sang-kien/${data.slug}/index.html` };
