# Marquee with every extra, in two stages: the wheel is built in one, and only it is installed in the other.
# PyPI's PyTorch for Linux is the CUDA build of 2.5 GB; PyTorch's own index has one for the CPU alone:
#   docker build --build-arg PIP_EXTRA_INDEX_URL=… .
FROM python:3.12-slim AS build
WORKDIR /src
RUN pip install --no-cache-dir build
COPY . .
# CI=true: without its pages the wheel is not built.
RUN CI=true python -m build --wheel --outdir /wheels

FROM python:3.12-slim
ARG EXTRAS=all
ARG PIP_EXTRA_INDEX_URL
COPY --from=build /wheels /src/requirements.lock /wheels/
RUN pip install --no-cache-dir --constraint /wheels/requirements.lock "$(ls /wheels/*.whl)[${EXTRAS}]" \
    && rm -r /wheels \
    && useradd --system --create-home --home-dir /var/lib/marquee marquee
USER marquee
WORKDIR /var/lib/marquee
ENV MARQUEE_HOME=/var/lib/marquee
EXPOSE 8765
HEALTHCHECK --interval=10s --start-period=60s \
    CMD ["python", "-c", "import urllib.request as r; r.urlopen('http://127.0.0.1:8765/health')"]
ENTRYPOINT ["marquee"]
CMD ["serve", "--host", "0.0.0.0"]
