# Marquee with every extra, in two stages: the wheel is built in one, and only it is installed in the other.
FROM python:3.12-slim AS build
WORKDIR /src
RUN pip install --no-cache-dir build
COPY . .
RUN python -m build --wheel --outdir /wheels

FROM python:3.12-slim
ARG EXTRAS=neo4j,extraction,gnn
COPY --from=build /wheels /wheels
RUN pip install --no-cache-dir "$(ls /wheels/*.whl)[${EXTRAS}]" && rm -r /wheels \
    && useradd --system --create-home --home-dir /var/lib/marquee marquee
USER marquee
WORKDIR /var/lib/marquee
ENV MARQUEE_HOME=/var/lib/marquee
EXPOSE 8765
ENTRYPOINT ["marquee"]
CMD ["serve", "--host", "0.0.0.0"]
