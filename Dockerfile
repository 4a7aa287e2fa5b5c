# syntax=docker/dockerfile:1
# Two images from one build: "app" is the product and nothing else; "demonstration" adds the made-up people.
FROM mcr.microsoft.com/dotnet/sdk:10.0 AS build
WORKDIR /source
COPY global.json Directory.Build.props Directory.Packages.props BannedSymbols.txt .editorconfig ./
COPY src ./src
COPY dev ./dev
RUN dotnet publish src/PeerSupport.Web -c Release -o /app
RUN dotnet publish dev/PeerSupport.DevHost -c Release -o /demonstration

FROM mcr.microsoft.com/dotnet/aspnet:10.0 AS base
# The key directory must belong to the account the app runs as, and to nobody else.
RUN install -d -o $APP_UID -m 0700 /keys
USER $APP_UID
VOLUME /keys
ENV PeerSupport__KeyDirectory=/keys

FROM base AS demonstration
WORKDIR /demonstration
COPY --from=build /demonstration .
ENTRYPOINT ["dotnet", "PeerSupport.DevHost.dll", "seed"]

FROM base AS app
WORKDIR /app
COPY --from=build /app .
ENV ASPNETCORE_URLS=http://+:8080
EXPOSE 8080
ENTRYPOINT ["dotnet", "PeerSupport.Web.dll"]
